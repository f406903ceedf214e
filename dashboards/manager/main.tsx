// The manager's pages are one program; which of them it shows stands in the path.
import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/account.css';
import '../shared/form.css';
import './manager.css';
import './chart.css';
import './coverage.css';
import './print.css';
import './board.css';
import './lists.css';
import './ledger.css';
import { openLive } from '../shared/live.ts';
import { BY_SIGN_IN, openSession } from '../shared/session.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { BoardPage } from './board-page.tsx';
import { CorrectionsPage } from './corrections-page.tsx';
import { DayPage } from './day-page.tsx';
import { MeetingPage } from './meeting-page.tsx';
import { ProblemsPage } from './problems-page.tsx';
import { ReviewPage } from './review-page.tsx';
import { WindowsPage } from './windows-page.tsx';

wear(themeOfOwner());
const live = openLive();
openSession(live.link, BY_SIGN_IN);
const app = document.getElementById('app');
const PAGES = {
  '/manager/board': BoardPage,
  '/manager/problems': ProblemsPage,
  '/manager/meeting': MeetingPage,
  '/manager/windows': WindowsPage,
  '/manager/corrections': CorrectionsPage,
} as const;
const path = location.pathname.replace(/\/$/, '');
const pageAt = (where: string) => {
  if (where.startsWith('/manager/day/')) return DayPage;
  return where in PAGES ? PAGES[where as keyof typeof PAGES] : ReviewPage;
};
const Page = pageAt(path);
if (app) render(<Page live={live} />, app);
