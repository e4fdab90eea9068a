// Which page is shown: the sign-in while nobody is, else the one whose path fits.
import { Box, Center } from '@mantine/core';
import { type ComponentType, type LazyExoticComponent, Suspense, lazy, useEffect, useState } from 'react';
import { useSessionState } from '../api/session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Empty } from '../parts/Empty';
import { Loading } from '../parts/Loading';
import { PageHead } from '../parts/PageHead';
import { ProblemNote } from '../parts/Problem';
import { match, navigate, useAddress } from '../router/router';
import { ErrorBoundary } from './ErrorBoundary';
import { IdleWatch } from './IdleWatch';
import { type PageProps, type Route, routes } from './routes';
import { Shell } from './Shell';
import { StepUp } from './StepUp';
import { forgetWatched } from './watched';

const pages = new Map<Route, LazyExoticComponent<ComponentType<PageProps>>>(routes.map(r => [r, lazy(r.load)]));
const SignIn = lazy(() => import('../pages/sign-in'));

function NotFound() {
  const t = useTexts(common);
  return (
    <>
      <PageHead title={t.notFoundTitle} />
      <Empty icon="map" action={{ label: t.toOverview, href: '/' }}>
        {t.notFoundText}
      </Empty>
    </>
  );
}

// Where one-time logins lead; who is in has no more business there.
function Inside() {
  useEffect(() => navigate('/', 'replace'), []);
  return <Loading />;
}

function CurrentPage() {
  const { path } = useAddress();
  if (path === '/login') return <Inside />;
  for (const [route, Shown] of pages) {
    const params = match(route.path, path);
    // Another tenant is another page: a dialog about the one before must not stay, and be about this one.
    if (params !== null)
      return (
        <Suspense fallback={<Loading />}>
          <Shown key={path} params={params} />
        </Suspense>
      );
  }
  return <NotFound />;
}

export function App() {
  const { session, loading, error, refresh } = useSessionState();
  const { path } = useAddress();
  const nobody = session === null && !loading && error === null;
  useEffect(() => {
    if (nobody) forgetWatched();
  }, [nobody]);
  // From the first enrolment to the end of its wizard, also when the session would let one in by then.
  const [enrolling, setEnrolling] = useState(false);
  if (session?.must_enrol && !enrolling) setEnrolling(true);
  if (session === null && !loading && enrolling) setEnrolling(false); // who left may not be who comes next
  const enrolled = async () => {
    await refresh();
    setEnrolling(false);
  };
  if (loading)
    return (
      <Box p="xl">
        <Loading />
      </Box>
    );
  // Who is in stays where it is: what is typed there must not go because one answer failed to come.
  if (error !== null && session === null)
    return (
      <Center mih="60vh" p="md">
        <ProblemNote error={error} onRetry={() => void refresh()} />
      </Center>
    );
  if (session === null || enrolling)
    return (
      <Suspense fallback={<Loading />}>
        <SignIn enrolling={enrolling} onEnrolled={() => void enrolled()} />
        {session !== null && <IdleWatch session={session} />}
      </Suspense>
    );
  return (
    <Shell>
      <ErrorBoundary resetKey={path}>
        <CurrentPage />
      </ErrorBoundary>
      <StepUp />
      <IdleWatch session={session} />
    </Shell>
  );
}

