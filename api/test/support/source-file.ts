import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

/** Lists what people wrote in these folders: TypeScript and Vue, without what is generated. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(folder, name)),
    )
    .filter((file) => /\.(ts|vue)$/.test(file) && !file.endsWith('.d.ts') && !file.startsWith('web/src/gql/'))
    .map((file) => ({ path: file, text: fs.readFileSync(path.join(root, file), 'utf8') }));
}

/** Visits every node of a TypeScript file. */
export function visit({ path: name, text }: SourceFile, look: (node: ts.Node) => void): void {
  const descend = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, descend);
  };
  descend(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true));
}

/** Returns the texts of all strings and templates in a TypeScript file, a template's parts joined by a question mark. */
export function literals(file: SourceFile): string[] {
  const texts: string[] = [];
  visit(file, (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (!ts.isTemplateExpression(node)) return;
    texts.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('?'));
  });
  return texts;
}

/** Tells whether text is a statement or a sub-select of SQL; English starts with a capital or goes on differently. */
export function isSql(text: string): boolean {
  return /(^|[\n(;])\s*(select\s[^.]*\sfrom\s|insert\s+into\s|update\s+[\w".?]+\s+(\w+\s+)?set\s|delete\s+from\s)/.test(
    text.replaceAll(/\b(SELECT|FROM|INSERT|INTO|UPDATE|SET|DELETE)\b/g, (word) => word.toLowerCase()),
  );
}

/** Tells whether a TypeScript file asks the machine for the time, by `new Date()` or `Date.now()`. */
export function asksTheMachineForTime(file: SourceFile): boolean {
  let asks = false;
  visit(file, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) asks = true;
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date.now') asks = true;
  });
  return asks;
}
