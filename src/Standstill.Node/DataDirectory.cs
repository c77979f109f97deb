using System.Text;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>
/// What a node keeps: the ledger, and the keys of log and operator. The keys are made on the first start, readable by
/// their owner alone.
/// </summary>
/// <remarks>
/// <code>
/// DIR/ledger/             the log in tlog-tiles layout; may be served or copied by anybody
/// DIR/keys/log.key        C2SP note signer key: signs checkpoints
/// DIR/keys/root.key       the operator's root key: charter, accreditations; may be kept off this machine once the node runs
/// DIR/keys/operator.key   the operator's role key: ticks
/// DIR/notices.json        how far each subscription has been told
/// </code>
/// </remarks>
public sealed class DataDirectory
{
    private readonly string path;

    private DataDirectory(string path) => this.path = path;

    /// <summary>Where the ledger is.</summary>
    public string Ledger => Path.Combine(path, "ledger");

    /// <summary>How far each subscription has been told.</summary>
    public string Notices => Path.Combine(path, "notices.json");

    /// <summary>Takes a directory, made if absent.</summary>
    public static DataDirectory At(string path)
    {
        var data = new DataDirectory(Path.GetFullPath(path));
        Directory.CreateDirectory(data.path);
        var keys = Directory.CreateDirectory(Path.Combine(data.path, "keys"));
        if (!OperatingSystem.IsWindows())
        {
            keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        return data;
    }

    /// <summary>The log's key, made with this origin before the ledger begins.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a key, or is missing though the ledger is there.</exception>
    public NoteSigner LogKey(string origin)
    {
        if (File.Exists(Path.Combine(Ledger, LedgerReader.CheckpointPath)) && !File.Exists(KeyPath("log.key")))
        {
            throw new InvalidDataException($"`{KeyPath("log.key")}` is missing though the ledger is there; restore it from a backup: another key could not go on with this ledger");
        }

        var text = KeyText("log.key", () =>
        {
            using var made = NoteSigner.Generate(origin);
            return made.ExportPrivateText();
        });
        return NoteSigner.TryParse(text.Trim(), out var signer, out var error)
            ? signer
            : throw new InvalidDataException($"`{KeyPath("log.key")}`: {error}; restore it from a backup");
    }

    /// <summary>The operator's root key, made for a registry that is to be founded.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a key.</exception>
    public PartySigner NewRootKey() => PartyKeyIn("root.key");

    /// <summary>The operator's root key, which may be kept off this machine while nothing needs it.</summary>
    /// <exception cref="InvalidDataException">The file is missing or does not hold a key.</exception>
    public PartySigner RootKey() => File.Exists(KeyPath("root.key"))
        ? PartyKeyIn("root.key")
        : throw new InvalidDataException($"`{KeyPath("root.key")}` is missing and this needs it; put it back for as long as it is needed");

    /// <summary>The operator's role key, made if absent.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a key.</exception>
    public PartySigner OperatorKey() => PartyKeyIn("operator.key");

    private PartySigner PartyKeyIn(string name)
    {
        var parsed = PartySigner.Parse(KeyText(name, () =>
        {
            using var made = PartySigner.FromSeed(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
            return made.ExportText();
        }));
        return parsed.Value ?? throw new InvalidDataException($"`{KeyPath(name)}`: {parsed.Faults[0]}");
    }

    private string KeyPath(string name) => Path.Combine(path, "keys", name);

    private string KeyText(string name, Func<string> make)
    {
        var file = KeyPath(name);
        if (!File.Exists(file))
        {
            KeyFile.Write(file, make());
        }

        return File.ReadAllText(file, Encoding.UTF8);
    }
}
