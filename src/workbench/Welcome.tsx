import { PACK_SAMPLES, SAMPLES, sampleText } from './Bar.tsx';
import { FilePick } from './FilePick.tsx';
import type { WorkbenchWords } from './words.ts';

/** What is shown over the empty grid: what to open, or how far the opening is. */
export function Welcome({
  words: w,
  opening,
  onSample,
  onFile,
}: {
  readonly words: WorkbenchWords;
  readonly opening: { readonly name: string; readonly done: number | null } | null;
  readonly onSample: (name: string) => void;
  readonly onFile: (file: File) => void;
}) {
  if (opening !== null) {
    const { name, done } = opening;
    const drawing = done === 1;
    return (
      <main class="bench-welcome">
        <div class="bench-welcome-card" role="status">
          <p class="bench-welcome-title">{w.opening(name)}</p>
          <progress
            max={1}
            value={done === null || drawing ? undefined : done}
            aria-label={w.opening(name)}
          />
          <p class="bench-welcome-text">{drawing ? w.building : ''}</p>
        </div>
      </main>
    );
  }
  return (
    <main class="bench-welcome">
      <div class="bench-welcome-card">
        <h2 class="bench-welcome-title">{w.welcome}</h2>
        <p class="bench-welcome-text">{w.welcomeText}</p>
        <ul class="bench-welcome-list">
          {SAMPLES.map((sample) => (
            <li key={sample}>
              <button type="button" class="bench-welcome-sample" onClick={() => onSample(sample)}>
                <span>{sampleText(sample, w)}</span>
                <span class="bench-welcome-file">{sample}</span>
              </button>
            </li>
          ))}
        </ul>
        <h3 class="bench-welcome-packs">{w.packs}</h3>
        <ul class="bench-welcome-row">
          {PACK_SAMPLES.map((sample) => (
            <li key={sample}>
              <button type="button" class="bench-welcome-sample" onClick={() => onSample(sample)}>
                {sampleText(sample, w)}
              </button>
            </li>
          ))}
        </ul>
        <p class="bench-welcome-text bench-welcome-date">{w.packsText}</p>
        <p class="bench-welcome-text bench-welcome-date">{w.samplesDate}</p>
        <div class="bench-welcome-own">
          <FilePick label={w.openFile} first onFile={onFile} />
          <span class="bench-welcome-text">{w.drop}</span>
        </div>
      </div>
    </main>
  );
}
