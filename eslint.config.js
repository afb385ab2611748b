// Linting of everything that is TypeScript, Svelte or JavaScript. Formatting is Prettier's.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./web/app/svelte.config.js";

const generated = [
  "build/",
  "dist/",
  "models/",
  "web/lib/dist/",
  "web/lib/src/generated/",
  "test-results/",
  "playwright-report/",
];

const typed = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/switch-exhaustiveness-check": "error",
};

export default ts.config(
  { ignores: generated },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-params": ["error", 5],
      "max-lines-per-function": ["error", { max: 80, skipComments: true, skipBlankLines: true }],
      "no-console": "error",
      "prefer-const": "error",
      // noUncheckedIndexedAccess makes every index possibly undefined, also where a check stands
      // above it.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.{mjs,js}", "tests/**", "**/*.config.*"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off" },
  },
  {
    files: ["web/lib/src/**/*.ts"],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: typed,
  },
  { files: ["web/lib/src/**/*.js"], languageOptions: { globals: globals.serviceworker } },
  {
    files: ["web/app/**/*.svelte", "web/app/**/*.svelte.ts"],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },
  { files: ["tests/**"], rules: { "max-lines-per-function": "off" } },
  { files: ["tests/bench/page_measures.mjs"], languageOptions: { globals: globals.browser } },
);
