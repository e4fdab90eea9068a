import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` talks to a running server's control socket: PROVOST_SOCKET=../demo/server/control.sock npm run dev
const socket = process.env.PROVOST_SOCKET ?? '../demo/server/control.sock';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    assetsInlineLimit: 0, // the page's policy has no data: for fonts and scripts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    manifest: true,
  },
  server: {
    port: 5173,
    host: '127.0.0.1',
    proxy: { '/v1': { target: { socketPath: socket, host: 'localhost', port: 0 } as never } },
  },
});
