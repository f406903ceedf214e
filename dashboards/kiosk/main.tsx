import { render } from 'preact';
import '../shared/tokens.css';
import './kiosk.css';
import './tile.css';
import { openLive } from '../shared/live.ts';
import { Board } from './board.tsx';
import { measurePanel } from './panel.ts';

const stationId = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const app = document.getElementById('app');

measurePanel();
if (app) render(<Board live={openLive()} stationId={stationId} />, app);
