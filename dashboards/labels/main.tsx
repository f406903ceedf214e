import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/account.css';
import '../shared/form.css';
import './labels.css';
import './paper.css';
import { openLive } from '../shared/live.ts';
import { BY_SIGN_IN, openSession } from '../shared/session.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { LabelsPage } from './labels-page.tsx';

wear(themeOfOwner());
const live = openLive();
openSession(live.link, BY_SIGN_IN);
const app = document.getElementById('app');
if (app) render(<LabelsPage live={live} />, app);
