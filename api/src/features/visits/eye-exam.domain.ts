/** Findings of one eye as they are kept: decimal numbers as text, exact. */
export interface StoredEyeFindings {
  visualAcuity: string | null;
  sphere: string | null;
  cylinder: string | null;
  axis: number | null;
  addition: string | null;
  intraocularPressure: string | null;
}

export interface StoredEyeExam {
  right: StoredEyeFindings;
  left: StoredEyeFindings;
  pupillaryDistanceMm: string | null;
}
