// Somebody needs a socket for the vacuum cleaner: the serial adapter is out for half a minute and
// comes back under another name of the kernel's, behind the same link.
import { SECOND } from '../moment.ts';
import { LINE } from '../site.ts';
import type { Scenario } from './scenario.ts';

export const cablePulled: Scenario = {
  name: 'cable-pulled',
  title: { en: 'The serial cable is pulled', zh: '串口线被拔掉' },
  see: {
    en: 'For 30 s the line is lost: its bins and lamps go stale, the lost line is shown. Then the port is back and values flow again without a restart.',
    zh: '串口断开 30 秒：相关桶和灯的数据变旧，并显示线路丢失；恢复后无需重启即继续上报。',
  },
  aims: 'line',
  target: LINE,
  lastsMs: 30 * SECOND,
  company: 'any',
  begin: (scene, line) => ({ ...scene, pulled: [...scene.pulled, line] }),
  undo: (scene, line) => ({ ...scene, pulled: scene.pulled.filter((other) => other !== line) }),
};
