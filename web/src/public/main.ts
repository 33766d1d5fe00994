import './public.css';
import { askFirst } from './first-answers.ts';

const first = askFirst();
void import('./page.ts').then(({ showPage }) => showPage(first));
