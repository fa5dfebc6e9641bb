#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <string>

/** librdkafka's mock brokers on loopback ports; they live as long as this object. */
class MockCluster {
public:
    explicit MockCluster(int brokers)
    {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
        m_rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0);
        m_cluster = rd_kafka_mock_cluster_new(m_rk, brokers);
    }
    ~MockCluster()
    {
        rd_kafka_mock_cluster_destroy(m_cluster);
        rd_kafka_destroy(m_rk);
    }
    MockCluster(const MockCluster&) = delete;
    MockCluster& operator=(const MockCluster&) = delete;

    std::string bootstrap() const { return rd_kafka_mock_cluster_bootstraps(m_cluster); }
    void createTopic(const std::string& name, int partitions)
    {
        rd_kafka_mock_topic_create(m_cluster, name.c_str(), partitions, 1);
    }
    rd_kafka_mock_cluster_t* get() const { return m_cluster; }

private:
    rd_kafka_t* m_rk = nullptr;
    rd_kafka_mock_cluster_t* m_cluster = nullptr;
};
