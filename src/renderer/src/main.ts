import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { tipDirective } from './composables/tip-directive.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tip.css';

createApp(App).use(createPinia()).directive('tip', tipDirective).mount('#app');
