import { render } from 'preact';
import '../shared/tokens.css';
import '../shared/page.css';
import '../shared/form.css';
import './signin.css';
import { themeOfOwner, wear } from '../shared/theme.ts';
import { SignInPage } from './signin-page.tsx';

wear(themeOfOwner());
const app = document.getElementById('app');
if (app) render(<SignInPage />, app);
