import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.types/**', '**/node_modules/**', '.nx/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // By a relative path, it loads a part of the product when it is needed.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.{1,2}/'] }],
      eqeqeq: ['error', 'always'],
      // Prettier decides where lines break.
      'no-unexpected-multiline': 'off',
    },
  },
  {
    // The one file that runs before there is anything to compile it.
    files: ['**/bin/*.js', '**/structure/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', __dirname: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
