// Reads a label's code: by the camera where this browser can (BarcodeDetector, and a page that it trusts
// with a camera), by typing everywhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import { codeIn } from './round-now.ts';
import type { Sight } from './sight.ts';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorMaker = new (options: { readonly formats: readonly string[] }) => Detector;

const detectorMaker = (): DetectorMaker | undefined => {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorMaker };
  // Over plain http a browser gives no page its camera.
  return navigator.mediaDevices === undefined ? undefined : BarcodeDetector;
};

interface ScanProps {
  readonly sight: Sight;
  /** Why the code is of no use; empty where it was taken. */
  readonly onCode: (code: string) => string;
}

export function Scan({ sight, onCode }: ScanProps) {
  const say = sight.words.patrol.scan;
  const [camera, setCamera] = useState<'off' | 'on' | 'denied'>('off');
  const [notice, setNotice] = useState('');
  const take = (text: string): void => {
    const code = codeIn(text);
    if (code !== '') setNotice(onCode(code));
  };
  const maker = detectorMaker();
  return (
    <div class="scan">
      {maker && camera === 'on' && (
        <Camera maker={maker} aim={say.aim} onText={take} onDenied={() => setCamera('denied')} />
      )}
      {maker ? (
        <button
          type="button"
          class="button scan__camera"
          onClick={() => setCamera(camera === 'on' ? 'off' : 'on')}
        >
          {camera === 'on' ? say.stop : say.start}
        </button>
      ) : (
        <p class="field__hint">{say.none}</p>
      )}
      {camera === 'denied' && <p class="field__hint">{say.denied}</p>}
      <CodeForm sight={sight} onText={take} />
      <p class="notice" role="alert">
        {notice}
      </p>
    </div>
  );
}

interface FormProps {
  readonly sight: Sight;
  readonly onText: (text: string) => void;
}

function CodeForm({ sight, onText }: FormProps) {
  const say = sight.words.patrol.scan;
  const [typed, setTyped] = useState('');
  return (
    <form
      class="scan__form"
      onSubmit={(event) => {
        event.preventDefault();
        onText(typed);
      }}
    >
      <label class="field scan__field">
        <span class="field__name">{say.code}</span>
        <input
          class="field__input"
          maxLength={200}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button scan__go">
        {say.go}
      </button>
    </form>
  );
}

const LOOK_EVERY_MS = 300;

interface CameraProps {
  readonly maker: DetectorMaker;
  readonly aim: string;
  readonly onText: (text: string) => void;
  readonly onDenied: () => void;
}

function Camera({ maker, aim, onText, onDenied }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let wanted = true;
    let stream: MediaStream | undefined;
    let last = '';
    const detector = new maker({ formats: ['qr_code'] });
    const look = async (): Promise<void> => {
      const picture = video.current;
      if (!wanted || !picture) return;
      // A frame that cannot be read is like one without a code: the next one comes.
      const [found] = await detector.detect(picture).catch(() => []);
      if (!wanted) return;
      if (found && found.rawValue !== last) {
        last = found.rawValue;
        onText(found.rawValue);
      }
      setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    const begin = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (!wanted || !video.current) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play();
      await look();
    };
    begin().catch(() => wanted && onDenied());
    return () => {
      wanted = false;
      if (stream) stop(stream);
    };
  }, []);
  return <video ref={video} class="scan__video" muted playsInline aria-label={aim} />;
}

const stop = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());
