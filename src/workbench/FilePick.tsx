import { useRef } from 'preact/hooks';

/** A button that asks for a workbook file. */
export function FilePick({
  label,
  disabled = false,
  first = false,
  onFile,
}: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly first?: boolean;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={first ? 'bench-button bench-button-first' : 'bench-button'}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.xlsm"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
