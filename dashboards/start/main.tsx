import { render } from 'preact';
import '../shared/tokens.css';
import './start.css';
import { openLive } from '../shared/live.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { StartPage } from './start-page.tsx';

wear(themeOfOwner());
const app = document.getElementById('app');
if (app) render(<StartPage live={openLive()} />, app);
