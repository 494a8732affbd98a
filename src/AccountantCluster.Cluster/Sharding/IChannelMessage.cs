namespace AccountantCluster.Cluster;

/// <summary>Whatever travels between nodes: bound to <see cref="ChannelSerializer"/>, which must know it.</summary>
internal interface IChannelMessage;

/// <summary>A message to a consumer channel.</summary>
internal interface IConsumerChannelMessage : IChannelMessage
{
    /// <summary>Address of the consumer channel.</summary>
    Address Channel { get; }
}

/// <summary>A message to a provider channel.</summary>
internal interface IProviderChannelMessage : IChannelMessage
{
    /// <summary>Identity of the provider.</summary>
    Address Provider { get; }
}
