type MessageFrameProps = { html: string; className?: string };

/**
 * A message in a frame of its own, where it can do nothing: no scripts, no forms, no way out. Pictures of
 * other hosts stay away, so that looking at it here is no opening.
 */
export function MessageFrame({ html, className = "h-96" }: MessageFrameProps) {
  return (
    <iframe
      title="Message"
      sandbox=""
      srcDoc={html}
      referrerPolicy="no-referrer"
      className={`w-full rounded-md border border-line bg-white ${className}`}
    />
  );
}
