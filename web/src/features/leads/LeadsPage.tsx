export function LeadsPage() { return <main id="main"><h1>LeadsPage</h1></main>; }
