using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Standstill.Bench;

/// <summary>One connection that posts statements, each after the answer to the one before.</summary>
/// <remarks>Bare HTTP/1.1 over a socket: the sender shares the cores with the server, so it does as little as it can.</remarks>
internal sealed class Sender : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[65_536];

    public async Task ConnectAsync(Uri address) => await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);

    /// <summary>The bytes of a request.</summary>
    public static byte[] Request(Uri address, ReadOnlySpan<byte> envelope) =>
        [.. Encoding.ASCII.GetBytes($"POST /api/statements HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {envelope.Length}\r\n\r\n"), .. envelope];

    /// <summary>Posts one request and reads its answer. The time that it took.</summary>
    /// <exception cref="InvalidDataException">The answer is no success.</exception>
    public async Task<TimeSpan> PostAsync(ReadOnlyMemory<byte> request)
    {
        var start = Stopwatch.GetTimestamp();
        await socket.SendAsync(request);
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read > 0 ? read : throw new InvalidDataException("the server closed the connection");
        }
        while (!IsWhole(buffer.AsSpan(0, length)));
        return buffer.AsSpan(0, length).StartsWith("HTTP/1.1 20"u8)
            ? Stopwatch.GetElapsedTime(start)
            : throw new InvalidDataException(Encoding.UTF8.GetString(buffer, 0, length));
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var name = "\r\nContent-Length: "u8;
        var at = answer[..end].IndexOf(name);
        if (at < 0)
        {
            // Chunked: the last chunk is the empty one.
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var digits = answer[(at + name.Length)..];
        return answer.Length == end + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
