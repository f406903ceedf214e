import { render } from 'preact';
import { LocationProvider, Route, Router, useRoute } from 'preact-iso';
import '../shared/tokens.css';
import '../shared/page.css';
import './engineer.css';
import './detail.css';
import './tables.css';
import { openLive } from '../shared/live.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { AlarmPage } from './alarm-page.tsx';
import { DeskPage } from './desk-page.tsx';
import { IntakePage } from './intake-page.tsx';
import { TicketPage } from './ticket-page.tsx';

wear(themeOfOwner());
const live = openLive();

const Desk = () => <DeskPage live={live} />;
const Intake = () => <IntakePage live={live} />;
const Ticket = () => <TicketPage live={live} id={useRoute().params['id'] ?? ''} />;
const Alarm = () => <AlarmPage live={live} id={useRoute().params['id'] ?? ''} />;

const app = document.getElementById('app');
if (app)
  render(
    <LocationProvider scope="/engineer">
      <Router>
        <Route path="/engineer/tickets/:id" component={Ticket} />
        <Route path="/engineer/alarms/:id" component={Alarm} />
        <Route path="/engineer/intake" component={Intake} />
        <Route default component={Desk} />
      </Router>
    </LocationProvider>,
    app,
  );
