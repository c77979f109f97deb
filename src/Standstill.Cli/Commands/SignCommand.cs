using System.Collections.Immutable;
using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands;

/// <summary>`standstill sign`: writes and signs a statement.</summary>
internal static class SignCommand
{
    public static Command Make()
    {
        var type = new Argument<string>("type") { Description = "What kind of statement; `standstill types` lists them" };
        type.HelpName = "type";
        type.CompletionSources.Add(_ => PredicateType.All.Select(t => new System.CommandLine.Completions.CompletionItem(t.Name)));
        var key = new Option<string>("--key") { Description = "The private key's file", Required = true };
        var party = new Option<string>("--party") { Description = "Who says it", Required = true };
        var body = new Option<string>("--body") { Description = "A JSON file with the fields of the body, `-` for standard input", Required = true };
        var file = new Option<string[]>("--subject") { Description = "A file that the statement is about; its digest is named", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { Description = "Where to write the envelope; standard output without it" };
        var node = Inputs.Node();
        var registry = new Option<string?>("--registry") { Description = "Sign without asking a node: the charter's id" };
        var sequence = new Option<long?>("--sequence") { Description = "Sign without asking a node: the number of this key's statement" };
        var previous = new Option<string?>("--previous") { Description = "Sign without asking a node: the id of this key's previous statement" };
        var command = new Command("sign", """
            Write and sign a statement

            Where the statement stands on the key's chain is asked of the node, unless --registry says it.

            Examples:
              standstill sign party-enrolled --party my-lab --key root.key --body lab.json --out lab.envelope
              standstill sign heartbeat --party my-lab --key role.key --body - <<< '{}' | standstill submit -
            """) { type, key, party, body, file, output, node, registry, sequence, previous };
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetValue(type)!;
            var kind = PredicateType.FindName(name) ?? throw new UsageException($"`{name}` is not a type of statement; use one of {string.Join(", ", PredicateType.All.Select(t => t.Name))}");
            var content = Inputs.ReadJson(parsed.GetValue(body)!);
            if (Unknown(content, kind) is { } stray)
            {
                throw new UsageException($"`{stray}` is not a field of `{name}`, and a node would ignore it; `standstill types {name}` lists the fields");
            }

            using var signer = Inputs.ReadKey(parsed.GetValue(key)!);
            var (charter, position) = parsed.GetValue(registry) is { } text
                ? (ParseDigest("--registry", text), new ChainPosition(parsed.GetValue(sequence) ?? FirstOnly(kind), parsed.GetValue(previous) is { } p ? ParseDigest("--previous", p) : null))
                : kind.Name == "charter" ? ((Digest?)null, ChainPosition.First)
                : await AskAsync(parsed.GetValue(node)!, signer.PublicKey, kind, cancellation);
            var subjects = (parsed.GetValue(file) ?? []).Select(f => new Subject(Path.GetFileName(f), Digest.Of(Inputs.Read(f)))).ToImmutableArray();
            var written = StatementWriter.Write(
                kind, charter, Inputs.ParseParty(parsed.GetValue(party)!), signer, position, TimeProvider.System.GetUtcNow(), content, subjects);
            if (!written.IsGood)
            {
                foreach (var fault in written.Faults)
                {
                    Output.Error(fault.ToString());
                }

                return Exit.Refused;
            }

            if (parsed.GetValue(output) is { } path)
            {
                await File.WriteAllBytesAsync(path, written.Value.Envelope.ToArray(), cancellation);
                Output.Line(written.Value.Id.Hex);
            }
            else
            {
                await Console.OpenStandardOutput().WriteAsync(written.Value.Envelope, cancellation);
            }

            return Exit.Good;
        });
        return command;
    }

    internal static async Task<(Digest?, ChainPosition)> AskAsync(string node, PartyKey key, PredicateType type, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = Inputs.ParseUrl(node) };
        if (type.Name == "party-enrolled")
        {
            var digest = await http.GetFromJsonAsync<DigestAnswer>("/api/world/digest", cancellation);
            return (Digest.TryParse(digest?.Registry, out var registry) ? registry : throw new UsageException($"`{node}` has no registry yet"), ChainPosition.First);
        }

        using var response = await http.GetAsync($"/api/keys/{key}", cancellation);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            throw new UsageException($"`{key}` is not enrolled at {node}; enrol the party first, or the key under its root key");
        }

        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<KeyAnswer>(cancellation))!;
        return (ParseDigest("registry", answer.Registry), new ChainPosition(answer.Sequence, answer.Previous is { } p ? ParseDigest("previous", p) : null));
    }

    /// <summary>Only an enrolment is a key's first statement for sure; every other place on the chain has to be said.</summary>
    private static long FirstOnly(PredicateType kind) => kind.Name == "party-enrolled"
        ? 0
        : throw new UsageException("--registry needs --sequence too, and --previous above 0: where this statement stands on the key's chain");

    /// <summary>The first field that the type does not know. A node keeps and ignores such fields; whoever signs means them.</summary>
    private static string? Unknown(JsonElement body, PredicateType kind)
    {
        var known = kind.Fields.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return Stray(body, "");

        string? Stray(JsonElement value, string path) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject()
                .Select(p => known.Contains(path + p.Name) ? Stray(p.Value, $"{path}{p.Name}.") : path + p.Name).FirstOrDefault(s => s is not null),
            JsonValueKind.Array => value.EnumerateArray().Select(i => Stray(i, $"{path[..^1]}[].")).FirstOrDefault(s => s is not null),
            _ => null,
        };
    }

    private static Digest ParseDigest(string option, string text) =>
        Digest.TryParse(text, out var digest) ? digest : throw new UsageException($"{option}: `{text}` is not 64 lower-case hexadecimal digits");
}
