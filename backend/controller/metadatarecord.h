#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/messages/aborttransactionrecord.h"
#include "protocol/messages/accesscontrolentryrecord.h"
#include "protocol/messages/begintransactionrecord.h"
#include "protocol/messages/brokerregistrationchangerecord.h"
#include "protocol/messages/clearelrrecord.h"
#include "protocol/messages/clientquotarecord.h"
#include "protocol/messages/configrecord.h"
#include "protocol/messages/delegationtokenrecord.h"
#include "protocol/messages/endtransactionrecord.h"
#include "protocol/messages/featurelevelrecord.h"
#include "protocol/messages/fencebrokerrecord.h"
#include "protocol/messages/nooprecord.h"
#include "protocol/messages/partitionchangerecord.h"
#include "protocol/messages/partitionrecord.h"
#include "protocol/messages/produceridsrecord.h"
#include "protocol/messages/registerbrokerrecord.h"
#include "protocol/messages/registercontrollerrecord.h"
#include "protocol/messages/removeaccesscontrolentryrecord.h"
#include "protocol/messages/removedelegationtokenrecord.h"
#include "protocol/messages/removetopicrecord.h"
#include "protocol/messages/removeuserscramcredentialrecord.h"
#include "protocol/messages/topicrecord.h"
#include "protocol/messages/unfencebrokerrecord.h"
#include "protocol/messages/unregisterbrokerrecord.h"
#include "protocol/messages/unregistercontrollerrecord.h"
#include "protocol/messages/userscramcredentialrecord.h"
#include "protocol/messages/zkmigrationstaterecord.h"

#include <variant>

namespace moldau::controller {

/** Any record of the metadata log. One alternative per record type that Kafka knows. */
using MetadataRecord = std::variant<protocol::RegisterBrokerRecord,
    protocol::UnregisterBrokerRecord, protocol::TopicRecord, protocol::PartitionRecord,
    protocol::ConfigRecord, protocol::PartitionChangeRecord, protocol::FenceBrokerRecord,
    protocol::UnfenceBrokerRecord, protocol::RemoveTopicRecord, protocol::DelegationTokenRecord,
    protocol::UserScramCredentialRecord, protocol::FeatureLevelRecord, protocol::ClientQuotaRecord,
    protocol::ProducerIdsRecord, protocol::BrokerRegistrationChangeRecord,
    protocol::AccessControlEntryRecord, protocol::RemoveAccessControlEntryRecord,
    protocol::NoOpRecord, protocol::ZkMigrationStateRecord,
    protocol::RemoveUserScramCredentialRecord, protocol::BeginTransactionRecord,
    protocol::EndTransactionRecord, protocol::AbortTransactionRecord,
    protocol::RemoveDelegationTokenRecord, protocol::RegisterControllerRecord,
    protocol::ClearElrRecord, protocol::UnregisterControllerRecord>;

/**
 * The value of a record in __cluster_metadata: frame version 1, record type and record version as
 * unsigned varints, then the message. Written in the newest version that the message has.
 */
Result<Bytes> encodeMetadataRecord(const MetadataRecord& record);

/**
 * Reads what encodeMetadataRecord() and Kafka write. LocalCorruptData for a frame that is cut or
 * has bytes left over, LocalUnsupported for a record type or version that is unknown here.
 */
Result<MetadataRecord> decodeMetadataRecord(BytesView value);

} // namespace moldau::controller
