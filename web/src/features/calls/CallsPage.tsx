export default function CallsPage() { return <main id="main"><h1>CallsPage</h1></main>; }
