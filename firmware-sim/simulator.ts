// The whole of the other company at work: a world that lives by the wall clock, devices that look
// at it in turn and send what they saw, and a stage on which things go wrong. This and main.ts
// are the only places that know what time it is.
//
//   life ──▶ scene ──▶ look (noise) ──▶ encode ──▶ serial line ┐
//              ▲                                ──▶ MQTT        ├──▶ whoever listens
//   control ──▶ stage (scenarios, commands)                    ┘
import { openControl } from './control-server.ts';
import { look } from './device.ts';
import type { Report } from './encode.ts';
import { encodeJson, encodeLine, nextSeq } from './encode.ts';
import { advance } from './life.ts';
import { SECOND } from './moment.ts';
import type { LineCounts, SerialLink } from './serial-link.ts';
import { serialLink } from './serial-link.ts';
import type { MqttCounts, MqttLink } from './mqtt-link.ts';
import { mqttLink } from './mqtt-link.ts';
import { randomFrom } from './random.ts';
import { changeWorld, newScene } from './scene.ts';
import type { DeviceHardware, Site } from './site.ts';
import { DEMO_SITE, LINE } from './site.ts';
import type { Stage } from './stage.ts';
import { openStage } from './stage.ts';
import { newWorld } from './world.ts';

export interface SimulatorOptions {
  readonly site?: Site;
  /** The broker's address; without it the MQTT devices stay in their boxes. */
  readonly mqtt?: string;
  /** Where the serial line's symlink shall be; without it the serial devices stay in theirs. */
  readonly pty?: string;
  /** Where the control socket shall be; without it nobody can ask or command. */
  readonly control?: string;
  /** How long between two reports of one device. */
  readonly everyMs?: number;
  readonly pace?: number;
  readonly crew?: 'on' | 'off';
  readonly seed?: number;
  /** Scenarios to begin with, and their targets where not the usual ones. */
  readonly scenarios?: readonly { readonly name: string; readonly target?: string }[];
  /** Takes a line of progress now and then. */
  readonly say?: (line: string) => void;
}

export interface Simulator {
  readonly stage: Stage;
  counts(): Counts;
  /** Devices fall silent, links close, the symlink and the socket are gone. */
  stop(): Promise<void>;
}

export interface Counts {
  readonly line?: LineCounts;
  readonly mqtt?: MqttCounts;
}

/** Resolves once the devices report; a broker that is away is tried again for ever. */
export async function runSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { site = DEMO_SITE, seed = 1, say = () => undefined } = options;
  const random = randomFrom(seed);
  const stage = openStage(newScene(newWorld(site, { ...options, at: Date.now() }, random)), say);
  for (const { name, target } of options.scenarios ?? []) stage.begin(name, target);

  // Closed last first; and closed too where a later one cannot be opened.
  await using opened = new AsyncDisposableStack();
  const line = openLine(options, opened);
  const mqtt = openMqtt(site, options, opened);
  const live = () => {
    stage.change((scene) => changeWorld(scene, (world) => advance(world, Date.now(), random)));
    stage.goOn();
    line?.plug(stage.scene().pulled.includes(LINE) ? 'out' : 'in');
  };
  const counts = () => ({
    ...(line ? { line: line.counts() } : {}),
    ...(mqtt ? { mqtt: mqtt.counts() } : {}),
  });
  if (options.control !== undefined) {
    const control = await openControl(options.control, { stage, live, counts });
    opened.defer(() => control.close());
  }
  const devices = site.devices.filter(({ way }) => (way === 'line' ? line : mqtt) !== undefined);
  const send = (device: DeviceHardware, report: Report) => {
    if (device.way === 'line') line?.send(encodeLine(report));
    else mqtt?.publish(device.id, encodeJson(report));
  };
  const seqs = new Map<string, number>();
  const reportOf = (device: DeviceHardware) => {
    live();
    const seq = seqs.get(device.id) ?? 0;
    seqs.set(device.id, nextSeq(seq));
    const numbers = look(stage.scene(), device, random);
    send(device, { device: device.id, seq, at: Date.now(), numbers });
  };
  const timer = setInterval(inTurn(devices, reportOf), everyTurn(options, devices));
  opened.defer(() => clearInterval(timer));

  const running = opened.move();
  return { stage, counts, stop: () => running.disposeAsync() };
}

function openLine(
  { pty, say }: SimulatorOptions,
  opened: AsyncDisposableStack,
): SerialLink | undefined {
  if (pty === undefined) return undefined;
  const line = serialLink(pty);
  opened.defer(() => line.close());
  say?.(`serial line at ${pty}`);
  return line;
}

function openMqtt(
  site: Site,
  { mqtt: url, say }: SimulatorOptions,
  opened: AsyncDisposableStack,
): MqttLink | undefined {
  if (url === undefined) return undefined;
  const devices = site.devices.filter(({ way }) => way === 'mqtt').map(({ id }) => id);
  const onChange = (state: 'all-connected' | 'lost') =>
    say?.(state === 'lost' ? `lost ${url}, trying again` : `${devices.length} devices at ${url}`);
  const link = mqttLink({ url, site: site.place.id, devices, onChange });
  opened.defer(() => link.close());
  return link;
}

/** One device a turn, so that the reports of an interval are spread evenly over it. */
function inTurn<Thing>(things: readonly Thing[], act: (thing: Thing) => void): () => void {
  let turn = 0;
  return () => {
    const thing = things[turn % things.length];
    turn += 1;
    if (thing !== undefined) act(thing);
  };
}

const everyTurn = ({ everyMs = 5 * SECOND }: SimulatorOptions, devices: readonly unknown[]) =>
  everyMs / Math.max(1, devices.length);
