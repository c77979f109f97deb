[assembly: AssemblyFixture(typeof(Standstill.EndToEnd.ToldDemo))]

namespace Standstill.EndToEnd;

/// <summary>One demo for all tests that only read: started when the first of them asks, killed at the end.</summary>
public sealed class ToldDemo : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly Lazy<Task<RunningNode>> node;

    public ToldDemo() => node = new(() => RunningNode.DemoAsync(directory.At("data")));

    internal Task<RunningNode> NodeAsync() => node.Value;

    public async ValueTask DisposeAsync()
    {
        if (node.IsValueCreated)
        {
            await (await node.Value).DisposeAsync();
        }

        directory.Dispose();
    }
}
