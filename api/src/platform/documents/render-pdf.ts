import { readFileSync } from 'node:fs';
import pdfmake from 'pdfmake';
import { fontFamily, fontFiles } from './fonts.ts';
import { pageOf, type Paper } from './paper.ts';

/** What pdfmake lays out: see https://pdfmake.github.io/docs. Text that people wrote goes through `printable` first. */
export type Content = string | readonly Content[] | { readonly [property: string]: unknown };

export interface PdfDefinition {
  paper: Paper;
  /** What a window or a list of files calls it; it names no patient. */
  title: string;
  content: readonly Content[];
  /** BCP 47, for whoever has it read aloud. */
  language: string;
  styles?: Readonly<Record<string, object>>;
  /** On every page, by its number and how many there are. */
  footer?: (page: number, pages: number) => Content;
  /** Across every page, behind the text. */
  watermark?: { text: string; color: string; opacity: number; bold?: boolean; angle?: number; fontSize?: number };
}

let isSetUp = false;

/** Fonts come from memory, and nothing that a text names is fetched or opened: no address, no file. */
function setUp(): void {
  if (isSetUp) return;
  for (const [cut, file] of Object.entries(fontFiles)) pdfmake.virtualfs.writeFileSync(cut, readFileSync(file));
  pdfmake.setFonts({
    [fontFamily]: { normal: 'normal', bold: 'bold', italics: 'italics', bolditalics: 'bolditalics' },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  isSetUp = true;
}

/** Writes a document as PDF, in Noto Sans. An A4 page takes some tens of milliseconds of this process. */
export function renderPdf(definition: PdfDefinition): Promise<Buffer> {
  const { paper, title, content, language, styles, footer, watermark } = definition;
  setUp();
  return pdfmake
    .createPdf({
      ...pageOf(paper, fontFamily),
      info: { title },
      language,
      displayTitle: true,
      tagged: true,
      version: '1.7',
      content,
      ...(styles === undefined ? {} : { styles }),
      ...(footer === undefined ? {} : { footer }),
      ...(watermark === undefined ? {} : { watermark: { font: fontFamily, ...watermark } }),
    })
    .getBuffer();
}
