import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';
import { rehearsal } from './dev/rehearsal.ts';

/* `npm run dev` talks to the server named by BATON_URL; without one it plays the rehearsal data of dev/. */
const server = process.env.BATON_URL;

export default defineConfig({
  plugins: [react(), compress(), ...(server ? [] : [rehearsal()])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    port: 5173,
    proxy: server ? { '/api': server, '/hooks': server } : {},
  },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\// },
          ],
        },
      },
    },
  },
});
