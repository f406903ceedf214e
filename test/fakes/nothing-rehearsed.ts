// What a rehearsal says of an empty log.
import type { RehearsalView } from '../../gateway/api/schemas.ts';

export const NOTHING_REHEARSED: RehearsalView = {
  covers: { days: [] },
  records: 0,
  rules: [],
  compared: [],
  before: { alarms: [], tickets: [] },
  after: { alarms: [], tickets: [] },
  real: { alarms: [] },
  notes: [],
};
