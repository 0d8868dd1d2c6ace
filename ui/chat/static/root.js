// Gradio takes where it stands from the server, which behind a proxy cannot know how the reader reaches it.
window.gradio_config.root = location.origin + location.pathname.replace(/\/$/, "");
