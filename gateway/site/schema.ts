// The site file as a whole. Everything that people may write in it hangs off this one constant;
// `Static` of it is the file with every default filled in.
import { type Static, Type } from 'typebox';
import { show } from './mistake.ts';
import { flag, listOf, section } from './option.ts';
import { Circuits, Meters, Stations } from './schema-assets.ts';
import { Channels } from './schema-channels.ts';
import { NoticesSection } from './schema-notices.ts';
import { Devices } from './schema-devices.ts';
import { Patrols } from './schema-patrols.ts';
import {
  HomeAssistantSection,
  HttpSection,
  InfluxSection,
  PlaceSection,
  StoreSection,
} from './schema-place.ts';
import { RuleForm } from './schema-rules.ts';
import { SourceForm } from './schema-sources.ts';
import { Webhooks } from './schema-webhooks.ts';
import { Buildings, WorkSection } from './schema-work.ts';

const VERSION = 1;

export const SiteFile = section(
  { title: 'Courtyard site file', description: 'one compound: its place, things, devices, rules' },
  {
    version: Type.Literal(VERSION, {
      title: 'Version',
      description: 'version of this format',
      examples: [VERSION],
      complain: (value: unknown) => `${show(value)} is not known here; write version: ${VERSION}`,
    }),
    simulated: flag({
      title: 'Simulated',
      description: 'true where every reading is made up; every screen then says so',
      examples: [true],
      default: false,
    }),
    site: PlaceSection,
    http: HttpSection,
    store: StoreSection,
    influx: Type.Optional(InfluxSection),
    homeAssistant: HomeAssistantSection,
    sources: listOf(SourceForm, {
      title: 'Sources',
      description: 'the ways in',
      default: [],
    }),
    buildings: Buildings,
    stations: Stations,
    circuits: Circuits,
    meters: Meters,
    devices: Devices,
    rules: listOf(RuleForm, { title: 'Rules', description: 'what counts as wrong', default: [] }),
    work: WorkSection,
    patrols: Patrols,
    webhooks: Webhooks,
    channels: Channels,
    notices: NoticesSection,
  },
);
export type SiteFile = Static<typeof SiteFile>;

/**
 * A site file while its mistakes are being looked for: whatever did not fit the schema is absent,
 * so that nothing is told twice.
 */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T;
export type SiteDraft = Draft<SiteFile>;
