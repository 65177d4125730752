export function NewLead(_: { opened: boolean; onClose: () => void }) { return null; }
