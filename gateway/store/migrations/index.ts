// Every step that the on-disk format has taken, in order. A released step is never edited.
// Each ends by setting `user_version` to its number; connection.ts names the latest.
import type { Migration } from 'kysely/migration';
import { firstFormat } from './0001-first-format.ts';
import { rollups } from './0002-rollups.ts';
import { ledger } from './0003-ledger.ts';
import { outbox } from './0004-outbox.ts';
import { deviceSecrets } from './0005-device-secrets.ts';
import { losses } from './0006-losses.ts';
import { accounts } from './0007-accounts.ts';
import { evidence } from './0008-evidence.ts';
import { ticketIndexes } from './0009-ticket-indexes.ts';
import { happenings } from './0010-happenings.ts';
import { outboxEnds } from './0011-outbox-ends.ts';
import { ledgerSums } from './0012-ledger-sums.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-format': firstFormat,
  '0002-rollups': rollups,
  '0003-ledger': ledger,
  '0004-outbox': outbox,
  '0005-device-secrets': deviceSecrets,
  '0006-losses': losses,
  '0007-accounts': accounts,
  '0008-evidence': evidence,
  '0009-ticket-indexes': ticketIndexes,
  '0010-happenings': happenings,
  '0011-outbox-ends': outboxEnds,
  '0012-ledger-sums': ledgerSums,
};
