import { render } from 'preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/account.css';
import '../shared/form.css';
import './people.css';
import { openLive } from '../shared/live.ts';
import { BY_SIGN_IN, openSession } from '../shared/session.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { DisplaysPage } from './displays-page.tsx';
import { MePage } from './me-page.tsx';
import { PeoplePage } from './people-page.tsx';

wear(themeOfOwner());
const live = openLive();
openSession(live.link, BY_SIGN_IN);

const People = () => <PeoplePage live={live} />;
const Displays = () => <DisplaysPage live={live} />;
const Me = () => <MePage live={live} />;

const app = document.getElementById('app');
if (app)
  render(
    <LocationProvider scope={/^\/(?:people|me)(?:\/|$)/}>
      <Router>
        <Route path="/people/displays" component={Displays} />
        <Route path="/me" component={Me} />
        <Route default component={People} />
      </Router>
    </LocationProvider>,
    app,
  );
