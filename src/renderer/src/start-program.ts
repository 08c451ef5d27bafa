import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { tipDirective } from './composables/tip-directive.ts';

createApp(App).use(createPinia()).directive('tip', tipDirective).mount('#app');
