/** What the clinic takes, as the server names it. */
export const acceptedFiles = 'application/pdf,image/png,image/jpeg,image/webp,application/dicom,.dcm';

const dicomName = /\.(dcm|dicom|dic)$/i;

/** What a file says it is. Browsers do not know DICOM; anything unknown goes on to the server, which says what it takes. */
export const contentTypeOf = ({ name, type }: Pick<File, 'name' | 'type'>): string =>
  type === '' && dicomName.test(name) ? 'application/dicom' : type || 'application/octet-stream';

/** A whole photograph stands for its own thumbnail: one that is larger would take longer to come than it helps. */
const thumbnailBytes = 4_000_000;

export const hasThumbnail = ({ contentType, size }: { contentType: string; size: number }): boolean =>
  contentType.startsWith('image/') && size <= thumbnailBytes;

export function iconOf(contentType: string): string {
  if (contentType === 'application/pdf') return 'i-lucide-file-text';
  return contentType === 'application/dicom' ? 'i-lucide-scan' : 'i-lucide-image';
}

/** "820 kB", "2.4 MB": in the reader's way of writing numbers. */
export function sizeInWords(bytes: number, locale: string): string {
  const isSmall = bytes < 1_000_000;
  const value = isSmall ? Math.max(1, Math.round(bytes / 1_000)) : bytes / 1_000_000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(value);
}
