export default function LeadPage() { return <main id="main"><h1>LeadPage</h1></main>; }
