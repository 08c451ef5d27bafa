import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Imports a layer may not make; the order of the layers is shared < core < formats < main, renderer beside main.
 *
 * @param {('core' | 'formats' | 'main' | 'renderer' | 'node' | 'electron')[]} layers
 * @returns {import('eslint').Linter.RulesRecord}
 */
function forbid(...layers) {
  const patterns = layers.map((layer) => {
    if (layer === 'node') {
      return { regex: '^node:', message: 'this layer runs in browsers and workers too: no Node' };
    }
    if (layer === 'electron') {
      return {
        regex: '^electron(/|$)',
        message: 'only src/main/index.ts, src/main/electron and src/preload know Electron',
      };
    }
    return { regex: `(^|/)\\.\\./(.*/)?${layer}/`, message: `this layer may not import ${layer}` };
  });
  return { 'no-restricted-imports': ['error', { patterns }] };
}

/** `core` is pure: whatever it needs of the world is passed in. @type {import('eslint').Linter.RulesRecord} */
const pure = {
  'no-restricted-globals': [
    'error',
    ...[
      'Date',
      'performance',
      'setTimeout',
      'setInterval',
      'fetch',
      'window',
      'document',
      'process',
      'console',
    ].map((name) => ({ name, message: 'core sees no clock, timer, network, DOM or process: pass it in' })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'core sees no random source: pass rng in' },
  ],
};

const tests = ['src/**/*.test.ts', 'src/**/*.bench.ts'];

export default defineConfig(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'coverage/**'] },
  tseslint.configs.recommended,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: tests,
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: ['src/shared/**'],
    ignores: tests,
    rules: forbid('core', 'formats', 'main', 'renderer', 'node', 'electron'),
  },
  {
    files: ['src/core/**'],
    ignores: tests,
    rules: { ...forbid('formats', 'main', 'renderer', 'node', 'electron'), ...pure },
  },
  { files: ['src/formats/**'], ignores: tests, rules: forbid('main', 'renderer', 'node', 'electron') },
  {
    files: ['src/main/**'],
    ignores: ['src/main/electron/**', 'src/main/index.ts'],
    rules: forbid('renderer', 'electron'),
  },
  { files: ['src/main/electron/**', 'src/main/index.ts'], rules: forbid('renderer') },
  { files: ['src/preload/**'], rules: forbid('core', 'formats', 'main', 'renderer', 'node') },
  { files: ['src/renderer/**'], ignores: tests, rules: forbid('main', 'formats', 'node', 'electron') },
  prettier,
);
