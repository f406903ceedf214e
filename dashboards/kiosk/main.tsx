import { render } from 'preact';
import '../shared/tokens.css';
import './kiosk.css';
import './tile.css';
import './tap.css';
import './report.css';
import './pairing.css';
import { openLive } from '../shared/live.ts';
import { openSession } from '../shared/session.ts';
import { Board } from './board.tsx';
import { PairingPage } from './pairing-page.tsx';
import { measurePanel } from './panel.ts';

const stationId = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const app = document.getElementById('app');

/** A screen that nobody let in, or that was put out, shows the way in; what it kept is gone. */
function openBoard() {
  const live = openLive();
  const goToPairing = (): void => location.replace(`/kiosk${location.search}`);
  openSession(live.link, { whenOut: goToPairing, whenEnded: goToPairing });
  return <Board live={live} stationId={stationId} />;
}

measurePanel();
if (app) render(stationId === '' ? <PairingPage /> : openBoard(), app);
