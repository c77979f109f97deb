using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Standstill.Ledger;
using Standstill.Protocol.Statements;

namespace Standstill.Node;

/// <summary>What can be found wrong with a node's settings before anything is written.</summary>
internal static class Preconditions
{
    /// <exception cref="InvalidDataException">The origin or the charter is not good.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static void Check(NodeSettings settings)
    {
        CheckOrigin(settings.Origin);
        var charter = settings.Charter.DeepClone().AsObject();
        charter["log"] = settings.Origin;
        var read = Fields.Read(JsonSerializer.SerializeToElement(charter), "charter", PredicateType.FindName("charter")!.Shape);
        if (!read.IsGood)
        {
            throw new InvalidDataException(string.Join("; ", read.Faults));
        }

        CheckListening(settings.Listen);
    }

    private static void CheckOrigin(string origin)
    {
        try
        {
            NoteSigner.Generate(origin).Dispose();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"`{origin}` is no name for a log; use one like `registry.example/2026`, without spaces and `+`", e);
        }
    }

    /// <summary>Another process may still take the port before the server does; then the server says so.</summary>
    private static void CheckListening(Uri address)
    {
        if (!IPAddress.TryParse(address.Host, out var host))
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(host, address.Port);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"cannot listen on `{address}`: {e.Message.ToLowerInvariant()}; choose another with --listen", e);
        }
    }
}
