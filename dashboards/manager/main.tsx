import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/page.css';
import './manager.css';
import './chart.css';
import './print.css';
import { openLive } from '../shared/live.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { ReviewPage } from './review-page.tsx';

wear(themeOfOwner());
const app = document.getElementById('app');
if (app) render(<ReviewPage live={openLive()} />, app);
