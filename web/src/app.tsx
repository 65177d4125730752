import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { onRefused, Problem } from './api/client';
import { endSession, useSession } from './api/session';
import { Login } from './features/auth/Login';
import { LeadsPage } from './features/leads/LeadsPage';
import { WallPage } from './features/wall/WallPage';
import { Shell } from './shell/Shell';
import { theme, variables } from './theme/theme';
import { Empty, Failure, Loading } from './ui/states';
import { NowProvider } from './ui/useNow';

const LeadPage = lazy(() => import('./features/leads/LeadPage'));
const CallPage = lazy(() => import('./features/calls/CallPage'));
const CallsPage = lazy(() => import('./features/calls/CallsPage'));
const DeskPage = lazy(() => import('./features/desk/DeskPage'));
const TalkPage = lazy(() => import('./features/talk/TalkPage'));
const SharedPage = lazy(() => import('./features/calls/SharedPage'));
const SettingsPage = lazy(() => import('./features/settings/SettingsPage'));

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => !(error instanceof Problem) && count < 2 },
  },
});
onRefused(() => endSession(client));

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <NowProvider>
          <BrowserRouter>
            <Routes>
              <Route path="shared/:token" element={<Suspense fallback={<Loading />}><SharedPage /></Suspense>} />
              <Route path="*" element={<Gate />} />
            </Routes>
          </BrowserRouter>
        </NowProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Nothing is shown before it is known who is looking. */
function Gate() {
  const session = useSession();
  if (session.isPending) return null;
  if (session.data === undefined) return <Failure what="session" error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return <Login />;
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route element={<Shell key={session.data.id} me={session.data} />}>
          <Route index element={<Navigate to="/wall" replace />} />
          <Route path="wall" element={<WallPage />} />
          <Route path="desk" element={<DeskPage />} />
          <Route path="leads" element={<LeadsPage />} />
          <Route path="leads/:id" element={<LeadPage />} />
          <Route path="calls" element={<CallsPage />} />
          <Route path="calls/:id" element={<CallPage />} />
          <Route path="talk" element={<TalkPage />} />
          <Route path="settings" element={<SettingsPage />} />
          <Route path="*" element={<Lost />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

function Lost() {
  return (
    <main className="page" id="main">
      <Empty title="There is no page here">The address may be mistyped, or what it named was removed. The rail on the left leads on.</Empty>
    </main>
  );
}
