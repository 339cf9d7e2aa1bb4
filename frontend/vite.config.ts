import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // nothing as data: address
    manifest: "manifest.json", // web/assets.py finds the hashed names by it
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" }, // the licences of all that is bundled lie beside it
    chunkSizeWarningLimit: 900,
    target: "es2022",
    rolldownOptions: { input: { main: "src/main.ts" } },
  },
});
