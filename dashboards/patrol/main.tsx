// Rounds on a phone: the routes, the round that is walked, and the place whose label was scanned. What
// was tapped and has not been heard yet outlives each of them, and nothing but this page.
import { render } from 'preact';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/account.css';
import '../shared/form.css';
import './patrol.css';
import { pathTo } from '../shared/language.ts';
import { openLive } from '../shared/live.ts';
import { BY_SIGN_IN, openSession } from '../shared/session.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { createOutbox } from './outbox.ts';
import { PatrolsPage } from './patrols-page.tsx';
import { PlacePage } from './place-page.tsx';
import { RoundPage } from './round-page.tsx';

wear(themeOfOwner());
const live = openLive();
openSession(live.link, BY_SIGN_IN);
const outbox = createOutbox();
// What waits is in this page's memory and nowhere else.
addEventListener('beforeunload', (event) => {
  if (outbox.waiting.peek().length > 0) event.preventDefault();
});

function useWay(): (path: string) => void {
  const { route } = useLocation();
  return (path) => route(pathTo(path));
}

const Patrols = () => <PatrolsPage live={live} outbox={outbox} goTo={useWay()} />;
const Place = ({ code = '' }: { code?: string }) => (
  <PlacePage key={code} live={live} outbox={outbox} code={code} goTo={useWay()} />
);
const Round = ({ id = '' }: { id?: string }) => {
  const { query } = useLocation();
  return <RoundPage key={id} live={live} outbox={outbox} id={id} at={query['at']} />;
};

const app = document.getElementById('app');
if (app)
  render(
    <LocationProvider scope={/^\/patrol(?:\/|$)/}>
      <Router>
        <Route path="/patrol/round/:id" component={Round} />
        <Route path="/patrol/at/:code" component={Place} />
        <Route default component={Patrols} />
      </Router>
    </LocationProvider>,
    app,
  );
