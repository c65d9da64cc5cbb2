import type { HTMLAttributes } from 'preact';

type Attributes<Own, Element extends HTMLElement = HTMLElement> = HTMLAttributes<Element> & Own;

/** The elements of Fluent that the pane uses, as `parts/fluent.ts` defines them. */
interface FluentElements {
  'fluent-button': Attributes<{
    appearance?: 'primary' | 'outline' | 'subtle' | 'transparent' | undefined;
    size?: 'small' | 'medium' | 'large' | undefined;
    disabled?: boolean | undefined;
    type?: 'button' | 'submit' | 'reset' | undefined;
    'icon-only'?: boolean | undefined;
  }>;
  'fluent-tablist': Attributes<{
    activeid?: string | undefined;
    size?: 'small' | 'medium' | 'large' | undefined;
    appearance?: 'subtle' | 'transparent' | undefined;
  }>;
  'fluent-tab': Attributes<{ disabled?: boolean | undefined }>;
  'fluent-progress-bar': Attributes<{
    value?: number | undefined;
    max?: number | undefined;
    shape?: 'rounded' | 'square' | undefined;
  }>;
  'fluent-spinner': Attributes<{
    size?: 'tiny' | 'extra-small' | 'small' | 'medium' | 'large' | 'extra-large' | 'huge' | undefined;
  }>;
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends FluentElements {}
  }
}
