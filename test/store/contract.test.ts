import { openStore } from '../../gateway/store/sqlite-store.ts';
import { ledgerContract } from '../contract/ledger.ts';
import { seriesContract } from '../contract/series.ts';
import { storeContract } from '../contract/store.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { temporaryFolder } from '../tools.ts';
import { SHANGHAI, settingsFor } from './entries.ts';

storeContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
seriesContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
storeContract('memory', () => Promise.resolve(memoryStore()));
seriesContract('memory', () => Promise.resolve(memoryStore(SHANGHAI)));
ledgerContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
ledgerContract('memory', () => Promise.resolve(memoryStore()));
