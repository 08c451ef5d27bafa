import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Folders a layer may not reach into; the order of the layers is core < formats < main, renderer beside main. */
const forbid = (...layers: string[]) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        ...layers.map((layer) => ({
          regex: `(^|/)\\.\\./(.*/)?${layer}/`,
          message: `this layer may not import ${layer}`,
        })),
        ...(layers.includes('node')
          ? [{ regex: '^node:', message: 'this layer runs in browsers and workers too: no Node' }]
          : []),
        ...(layers.includes('electron')
          ? [{ regex: '^electron(/|$)', message: 'only src/main/index.ts and its neighbours know Electron' }]
          : []),
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
    },
  },
  { files: ['src/shared/**'], rules: forbid('core', 'formats', 'main', 'renderer', 'node', 'electron') },
  {
    files: ['src/core/**'],
    ignores: ['src/core/**/*.test.ts'],
    rules: forbid('formats', 'main', 'renderer', 'node', 'electron'),
  },
  {
    files: ['src/formats/**'],
    ignores: ['src/formats/**/*.test.ts'],
    rules: forbid('main', 'renderer', 'node', 'electron'),
  },
  {
    files: ['src/main/**'],
    ignores: ['src/main/electron/**', 'src/main/index.ts'],
    rules: forbid('renderer', 'electron'),
  },
  { files: ['src/renderer/**'], rules: forbid('main', 'formats', 'node', 'electron') },
  prettier,
);
