// The desk's page: its addresses, each with its view, over one stream from the gateway.
import { render } from 'preact';
import { LocationProvider, Route, Router, useRoute } from 'preact-iso';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/account.css';
import '../shared/form.css';
import './engineer.css';
import './detail.css';
import './loop.css';
import './tables.css';
import { openLive } from '../shared/live.ts';
import { BY_SIGN_IN, openSession } from '../shared/session.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { AlarmPage } from './alarm-page.tsx';
import { AlarmsPage } from './alarms-page.tsx';
import { AssetPage } from './asset-page.tsx';
import { DeskPage } from './desk-page.tsx';
import { IntakePage } from './intake-page.tsx';
import { NextBinsPage } from './next-bins-page.tsx';
import { NoticesPage } from './notices-page.tsx';
import { RehearsalPage } from './rehearsal-page.tsx';
import { TicketPage } from './ticket-page.tsx';

wear(themeOfOwner());
const live = openLive();
openSession(live.link, BY_SIGN_IN);

const Desk = () => <DeskPage live={live} />;
const Alarms = () => <AlarmsPage live={live} />;
const Intake = () => <IntakePage live={live} />;
const Notices = () => <NoticesPage live={live} />;
const Rehearsal = () => <RehearsalPage live={live} />;
const Round = () => <NextBinsPage live={live} />;
const Asset = () => <AssetPage live={live} id={useRoute().params['id'] ?? ''} />;
const Ticket = () => <TicketPage live={live} id={useRoute().params['id'] ?? ''} />;
const Alarm = () => <AlarmPage live={live} id={useRoute().params['id'] ?? ''} />;

const app = document.getElementById('app');
if (app)
  render(
    <LocationProvider scope="/engineer">
      <Router>
        <Route path="/engineer/tickets/:id" component={Ticket} />
        <Route path="/engineer/alarms/:id" component={Alarm} />
        <Route path="/engineer/alarms" component={Alarms} />
        <Route path="/engineer/assets/:id" component={Asset} />
        <Route path="/engineer/round" component={Round} />
        <Route path="/engineer/intake" component={Intake} />
        <Route path="/engineer/notices" component={Notices} />
        <Route path="/engineer/rehearsal" component={Rehearsal} />
        <Route default component={Desk} />
      </Router>
    </LocationProvider>,
    app,
  );
