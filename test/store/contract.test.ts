import { vi } from 'vitest';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { ledgerContract } from '../contract/ledger.ts';
import { outboxContract } from '../contract/outbox.ts';
import { secretsContract } from '../contract/secrets.ts';
import { seriesContract } from '../contract/series.ts';
import { storeContract } from '../contract/store.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { temporaryFolder } from '../tools.ts';
import { SHANGHAI, settingsFor } from './entries.ts';

// each test starts threads, which takes seconds on a machine that is busy
vi.setConfig({ testTimeout: 60_000 });

storeContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
seriesContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
storeContract('memory', () => Promise.resolve(memoryStore()));
seriesContract('memory', () => Promise.resolve(memoryStore(SHANGHAI)));
ledgerContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
ledgerContract('memory', () => Promise.resolve(memoryStore()));
outboxContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
outboxContract('memory', () => Promise.resolve(memoryStore()));
secretsContract('SQLite', () => openStore(settingsFor(temporaryFolder())));
secretsContract('memory', () => Promise.resolve(memoryStore()));
