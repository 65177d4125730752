export default function CallPage() { return <main id="main"><h1>CallPage</h1></main>; }
