import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/theme.css';

import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchActivity } from './api/activity';
import { Problem } from './api/problem';
import { SessionProvider } from './api/session';
import { App } from './app/App';
import { language } from './i18n/language';
import { cssVariablesResolver, theme } from './theme/theme';

// The page's policy lets in only style sheets with the nonce of this answer: Mantine's, and those of the scroll lock
// under dialogs, which asks get-nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
setNonce(nonce);

document.documentElement.lang = language();
watchActivity(window);

// A refusal is an answer: asking again does not change it. A server that is away may come back.
function again(count: number, error: Error): boolean {
  const status = error instanceof Problem ? error.status : -1;
  return count < 2 && (status === 0 || status >= 500);
}

const client = new QueryClient({
  defaultOptions: { queries: { retry: again, staleTime: 5000, refetchOnWindowFocus: true } },
});

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        colorSchemeManager={localStorageColorSchemeManager({ key: 'provost-theme' })}
        getStyleNonce={() => nonce}
        deduplicateInlineStyles
      >
        <QueryClientProvider client={client}>
          <SessionProvider>
            <Notifications position="bottom-right" />
            <App />
          </SessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
