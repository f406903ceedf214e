import { Type, type Static } from 'typebox';
import { When } from './schema-words.ts';

/** People at work on an asset: its alarms are kept, and nobody is told of them. */
export const MaintenanceView = Type.Object(
  {
    asset: Type.String(),
    reason: Type.String(),
    by: Type.String(),
    since: When,
    until: Type.Optional(When),
    endedAt: Type.Optional(When),
  },
  { $id: 'Maintenance' },
);
export type MaintenanceView = Static<typeof MaintenanceView>;
