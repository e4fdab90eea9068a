// Shapes of what the server watches and whom it keeps out.
export interface Ban {
  id: number;
  network: string;
  rule: string;
  evidence: string;
  level: number;
  made: string;
  until?: string;
  lifted?: string;
  lifted_by?: string;
  holds: boolean;
  actor?: string;
}
